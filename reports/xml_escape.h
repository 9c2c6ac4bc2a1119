// Text in XML 1.0. Whatever bytes go in, the document stays well-formed: they are made printable
// first, and CDATA, which cannot hold its own end, is not used. Pure functions.
#pragma once

#include <string>
#include <string_view>

namespace sockspec::reports {

// Between tags.
std::string xml_text(std::string_view text);

// The attribute with the space before it: ` name="value"`. Newlines survive as &#10;.
std::string xml_attribute(std::string_view name, std::string_view value);

}  // namespace sockspec::reports
