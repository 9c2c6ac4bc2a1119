-- wrk against a plain echo server: the request is itself an HTTP response, of as many bytes as the
-- first argument says, so that what comes back is what wrk waits for. wrk asks for the request once to
-- see that it is one, and then once in each thread (it is static, since there is no global `request`):
-- only the first answer must be a real request.

local function response(size)
  local function of(length)
    return string.format("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", length, string.rep("x", length))
  end
  local text = of(math.max(0, size - #of(10) + 10))
  assert(#text == size, "a response cannot be of " .. size .. " bytes")
  return text
end

function wrk.init(arguments)
  local text = response(tonumber(arguments[1]) or 64)
  local asked = 0
  wrk.request = function()
    asked = asked + 1
    return asked == 1 and "GET / HTTP/1.1\r\nHost: echo\r\n\r\n" or text
  end
end
