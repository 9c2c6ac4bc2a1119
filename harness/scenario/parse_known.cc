#include "scenario/parse_known.h"

#include <algorithm>
#include <charconv>

#include "scenario/json_reader.h"
#include "scenario/read_file.h"

namespace sockspec::scenario {
namespace {

// It is shown in one line of a report.
std::string one_line(const Reader& in, const char* missing) {
  std::string text = in.text();
  if (!in.json().is_string()) return text;
  if (text.find_first_not_of(' ') == std::string::npos) in.error(missing);
  const bool control = std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
  });
  if (control) in.error("holds a line break or another control character; write one line");
  return text;
}

template <class Number>
bool read_digits(std::string_view digits, Number* number) {
  const bool plain = digits.find_first_not_of("0123456789") == std::string_view::npos;
  return plain && std::from_chars(digits.begin(), digits.end(), *number).ec == std::errc();
}

std::optional<Date> date_of(std::string_view text) {
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  const bool shaped = text.size() == 10 && text[4] == '-' && text[7] == '-' &&
                      read_digits(text.substr(0, 4), &year) &&
                      read_digits(text.substr(5, 2), &month) &&
                      read_digits(text.substr(8, 2), &day);
  if (!shaped) return std::nullopt;
  return Date(std::chrono::year(year), std::chrono::month(month), std::chrono::day(day));
}

std::optional<Date> read_date(const Reader& in) {
  const std::string text = in.text();
  if (!in.json().is_string()) return std::nullopt;
  const std::optional<Date> date = date_of(text);
  if (!date) {
    in.error("\"" + text + "\" is not a date; write YEAR-MONTH-DAY, such as 2027-01-31");
  } else if (!date->ok()) {
    in.error("there is no day " + text +
             " in the calendar; write the last day on which the entry counts, such as 2027-01-31");
  }
  return date;
}

KnownEntry read_entry(const Reader& in) {
  in.only({"scenario", "reason", "link", "expires"});
  KnownEntry entry;
  entry.scenario =
      one_line(in.at("scenario"), "is empty; write a scenario or a pattern, such as \"close/*\"");
  entry.reason = one_line(in.at("reason"), "is empty; write why the scenario is known to fail");
  if (in.has("link")) {
    entry.link =
        one_line(in.at("link"), "is empty; write where this is worked on, or leave it out");
  }
  if (in.has("expires")) entry.expires = read_date(in.at("expires"));
  return entry;
}

std::vector<KnownEntry> read_list(const Reader& in) {
  in.only({"$schema", "known"});
  std::vector<KnownEntry> entries;
  for (const Reader& item : in.at("known").items()) {
    KnownEntry entry = read_entry(item);
    const auto twin = std::find_if(entries.begin(), entries.end(), [&](const KnownEntry& other) {
      return other.scenario == entry.scenario;
    });
    if (twin != entries.end()) {
      item.at("scenario")
          .error("\"" + entry.scenario + "\" stands in /known/" +
                 std::to_string(twin - entries.begin()) + " too; remove one");
    }
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace

Result<std::vector<KnownEntry>> parse_known(std::string_view text, const std::string& file) {
  const Result<Json> document = parse_json(text, file);
  if (!document) return document.error();
  ErrorLatch errors(file);
  std::vector<KnownEntry> entries = read_list(Reader(*document, "", errors));
  if (errors.error()) return *errors.error();
  return entries;
}

Result<std::vector<KnownEntry>> load_known(const std::string& file) {
  const Result<std::string> text = read_file(file);
  if (!text) return text.error();
  return parse_known(*text, file);
}

}  // namespace sockspec::scenario
