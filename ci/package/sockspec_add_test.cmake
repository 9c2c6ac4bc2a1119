#[[
sockspec_add_test: a test of ctest that is green only if a server holds its profile.

  sockspec_add_test(
    NAME name                       # of the test
    PROFILE profile                 # a built-in profile, or a file of your own
    COMMAND program {port} ...      # the server; the program may be an executable target
    [ADDRESS host:port]             # instead of COMMAND: a server that runs already
    [PORT n]                        # the port that is fixed in the server's code, instead of {port}
    [SET field=value ...]           # of the profile
    [ONLY pattern ...] [SKIP pattern ...] [LEVEL must|should|may]
    [STRICT]                        # warnings are failures
    [KNOWN file]                    # failures that are known and fail no run
    [ARGS option ...]               # any other option of sockspec check
    [RETRIES n]                     # so often again while the result is only inconclusive; 1 by default
    [SKIP_INCONCLUSIVE]             # what stays inconclusive is skipped; by default it is red
    [TIMEOUT seconds] [LABELS label ...] [WORKING_DIRECTORY folder])

Files are relative to the folder of the CMakeLists.txt. Every test has the label "sockspec". Other properties,
such as RUN_SERIAL, are set with set_tests_properties() as for any test.

What the exit codes of sockspec become: 0 is green; 1, 2, 3 and 4 are red, each with a line that says which.
5 (only inconclusive) is red too, because ctest ends with 0 when tests were skipped, and a gate that is green
must mean that the server was seen to hold its contract. SKIP_INCONCLUSIVE is for machines that are too busy
to say so.
]]
include_guard(GLOBAL)
cmake_policy(VERSION 3.16...3.25)
set_property(GLOBAL PROPERTY sockspec_ctest_script "${CMAKE_CURRENT_LIST_DIR}/sockspec_ctest.sh")

function(sockspec_add_test)
  set(flags STRICT SKIP_INCONCLUSIVE)
  set(single NAME PROFILE ADDRESS PORT LEVEL KNOWN RETRIES TIMEOUT WORKING_DIRECTORY)
  set(several COMMAND SET ONLY SKIP ARGS LABELS)
  cmake_parse_arguments(PARSE_ARGV 0 ARG "${flags}" "${single}" "${several}")
  # Without enable_testing() CMake drops tests without a word, and ctest is green. Who says
  # BUILD_TESTING=OFF wants just that.
  if(NOT CMAKE_TESTING_ENABLED)
    if(DEFINED BUILD_TESTING AND NOT BUILD_TESTING)
      return()
    endif()
    _sockspec_misuse("call enable_testing() or include(CTest) first; without it no test is run, and ctest is green")
  endif()

  if(ARG_UNPARSED_ARGUMENTS)
    list(JOIN flags " " known_flags)
    list(JOIN single " " known_single)
    list(JOIN several " " known_several)
    _sockspec_misuse("\"${ARG_UNPARSED_ARGUMENTS}\" is not known here; known: ${known_flags} ${known_single} ${known_several}; other options of sockspec check go after ARGS")
  endif()
  if(ARG_KEYWORDS_MISSING_VALUES)
    _sockspec_misuse("${ARG_KEYWORDS_MISSING_VALUES} stands without a value")
  endif()
  foreach(needed NAME PROFILE)
    if(NOT DEFINED ARG_${needed})
      _sockspec_misuse("${needed} is missing: sockspec_add_test(NAME name PROFILE tcp-echo COMMAND my_server {port})")
    endif()
  endforeach()

  _sockspec_check_profile("${ARG_PROFILE}" profile)
  _sockspec_server_words(server)
  _sockspec_selection_words(selection)
  _sockspec_check_number(RETRIES 1)
  if(DEFINED ARG_TIMEOUT)
    _sockspec_check_number(TIMEOUT 0)
  endif()
  if("--" IN_LIST ARG_ARGS)
    _sockspec_misuse("\"--\" among ARGS; the server's command goes after COMMAND")
  endif()

  set(options)
  if(DEFINED ARG_WORKING_DIRECTORY)
    set(options WORKING_DIRECTORY "${ARG_WORKING_DIRECTORY}")
  endif()
  get_property(script GLOBAL PROPERTY sockspec_ctest_script)
  add_test(NAME "${ARG_NAME}" ${options}
    COMMAND sh "${script}" "${ARG_RETRIES}" "$<TARGET_FILE:sockspec::sockspec>"
      check "${profile}" ${selection} ${ARG_ARGS} ${server})
  set(labels sockspec ${ARG_LABELS})
  set_tests_properties("${ARG_NAME}" PROPERTIES LABELS "${labels}")
  if(DEFINED ARG_TIMEOUT)
    set_tests_properties("${ARG_NAME}" PROPERTIES TIMEOUT "${ARG_TIMEOUT}")
  endif()
  if(ARG_SKIP_INCONCLUSIVE)
    set_tests_properties("${ARG_NAME}" PROPERTIES SKIP_RETURN_CODE 5)
  endif()
endfunction()

# The macros and functions below read what sockspec_add_test was given (ARG_...) from their caller.

macro(_sockspec_misuse text)
  message(FATAL_ERROR "sockspec_add_test(${ARG_NAME}): ${text}")
endmacro()

macro(_sockspec_check_number name otherwise)
  if(NOT DEFINED ARG_${name})
    set(ARG_${name} ${otherwise})
  elseif(NOT ARG_${name} MATCHES "^[0-9]+$")
    _sockspec_misuse("${name} \"${ARG_${name}}\": write a whole number")
  endif()
endmacro()

# A profile that is a file is named in full. That there is such a profile is asked from sockspec itself, if it
# can be run already: in its own build it is not there yet.
function(_sockspec_check_profile profile result)
  if(profile MATCHES "/|[.]json$")
    get_filename_component(profile "${profile}" ABSOLUTE BASE_DIR "${CMAKE_CURRENT_SOURCE_DIR}")
  endif()
  set(${result} "${profile}" PARENT_SCOPE)
  get_target_property(imported sockspec::sockspec IMPORTED)
  if(NOT imported)
    return()
  endif()
  get_target_property(program sockspec::sockspec LOCATION)
  execute_process(COMMAND "${program}" list scenarios --profile "${profile}"
    RESULT_VARIABLE code OUTPUT_QUIET ERROR_VARIABLE error ERROR_STRIP_TRAILING_WHITESPACE)
  if(code EQUAL 2)
    string(REGEX REPLACE "^sockspec: " "" error "${error}")
    _sockspec_misuse("PROFILE: ${error}")
  endif()
endfunction()

# "-- program words" or "--target host:port". Not with list(APPEND), which would cut a word such as
# "cd data; exec ./server" at its semicolon.
function(_sockspec_server_words result)
  if(DEFINED ARG_COMMAND AND DEFINED ARG_ADDRESS)
    _sockspec_misuse("COMMAND and ADDRESS: give one of them")
  elseif(DEFINED ARG_ADDRESS)
    if(DEFINED ARG_PORT)
      _sockspec_misuse("PORT is for a server that sockspec starts; it does not go with ADDRESS")
    endif()
    set(${result} "--target;${ARG_ADDRESS}" PARENT_SCOPE)
    return()
  elseif(NOT DEFINED ARG_COMMAND)
    _sockspec_misuse("COMMAND is missing: the server and its arguments, such as COMMAND my_server {port}")
  endif()

  set(words)
  if(DEFINED ARG_PORT)
    if(NOT ARG_PORT MATCHES "^[0-9]+$")
      _sockspec_misuse("PORT \"${ARG_PORT}\": write a whole number")
    endif()
    set(words "--port;${ARG_PORT};")
  elseif(NOT "${ARG_COMMAND}" MATCHES "{port}")
    _sockspec_misuse("COMMAND has no {port}: write {port} where the server takes its port, or give PORT n if the port is fixed in its code")
  endif()

  list(GET ARG_COMMAND 0 program)
  if(TARGET "${program}")
    get_target_property(type "${program}" TYPE)
    if(NOT type STREQUAL "EXECUTABLE")
      _sockspec_misuse("COMMAND ${program}: this target is no executable (${type})")
    endif()
  endif()
  string(APPEND words "--;")
  set(is_program TRUE)
  foreach(word IN LISTS ARG_COMMAND)
    # The target may be made after the test, as with add_test().
    if(is_program AND word MATCHES "^[A-Za-z0-9_.+:-]+$")
      set(exists "$<TARGET_EXISTS:${word}>")
      set(word "$<${exists}:$<TARGET_FILE:${word}>>$<$<NOT:${exists}>:${word}>")
    endif()
    set(is_program FALSE)
    string(REPLACE ";" "\\;" word "${word}")
    string(APPEND words "${word};")
  endforeach()
  set(${result} "${words}" PARENT_SCOPE)
endfunction()

function(_sockspec_selection_words result)
  set(words "")
  foreach(option SET ONLY SKIP)
    string(TOLOWER "--${option}" flag)
    foreach(value IN LISTS ARG_${option})
      string(REPLACE ";" "\\;" value "${value}")
      string(APPEND words "${flag};${value};")
    endforeach()
  endforeach()
  if(DEFINED ARG_LEVEL)
    if(NOT ARG_LEVEL MATCHES "^(must|should|may)$")
      _sockspec_misuse("LEVEL \"${ARG_LEVEL}\": write must, should or may")
    endif()
    string(APPEND words "--level;${ARG_LEVEL};")
  endif()
  if(ARG_STRICT)
    string(APPEND words "--strict;")
  endif()
  if(DEFINED ARG_KNOWN)
    get_filename_component(list "${ARG_KNOWN}" ABSOLUTE BASE_DIR "${CMAKE_CURRENT_SOURCE_DIR}")
    if(NOT EXISTS "${list}")
      _sockspec_misuse("KNOWN ${list}: there is no such file; sockspec check --write-known makes one")
    endif()
    string(APPEND words "--known;${list};")
  endif()
  set(${result} "${words}" PARENT_SCOPE)
endfunction()
