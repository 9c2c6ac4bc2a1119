#include "reports/html/fault_table_page.h"

#include <algorithm>

#include "core/names.h"
#include "reports/html/fault_matrix.h"
#include "reports/html/html_parts.h"
#include "reports/html/page.h"
#include "reports/messages.h"

namespace sockspec::reports {
namespace {

constexpr std::size_t kMostProblems = 200;

struct Mark {
  const char* sign;
  const char* kind;  // the class of the cell
  const char* meaning;
};
constexpr Mark kOnly{"★", "only", "faultpage.only"};
constexpr Mark kAlways{"●", "caught", "faultpage.caught"};
constexpr Mark kSometimes{"◐", "some", "faultpage.some"};
constexpr Mark kNever{"·", "", "faultpage.not-caught"};

class FaultTablePage {
 public:
  FaultTablePage(const FaultTable& table, const std::vector<Fault>& faults,
                 const std::vector<Scenario>& suite, std::string_view lang)
      : table_(table),
        faults_(faults),
        suite_(suite),
        lang_(lang),
        matrix_(fault_matrix(table, faults, suite)) {}

  std::string write(const std::vector<Message>& problems, const std::vector<std::string>& errors) {
    HtmlPage page;
    page.lang = lang_;
    page.title = say({"faultpage.title"});
    page.body = top(problems, errors) + matrix() + list();
    return html_page(page);
  }

 private:
  std::string say(const Message& message) const { return render(message, lang_); }

  std::string top(const std::vector<Message>& problems,
                  const std::vector<std::string>& errors) const {
    const std::size_t count = problems.size() + errors.size();
    const bool good = count == 0;
    std::size_t caught = 0, once = 0;
    for (const std::size_t catchers : matrix_.catchers) {
      caught += catchers > 0 ? 1 : 0;
      once += catchers == 1 ? 1 : 0;
    }
    std::string out = std::string("<header class=\"top stack ") + (good ? "good" : "bad") +
                      "\">\n" + html_paragraph("what", say({"faultpage.title"})) + "<h1>" +
                      html_line(good ? say({"selftest.good"})
                                     : say({"selftest.bad", {{"count", std::to_string(count)}}})) +
                      "</h1>\n" +
                      html_facts({{say({"faultpage.faults"}), std::to_string(faults_.size())},
                                  {say({"faultpage.caught-faults"}), std::to_string(caught)},
                                  {say({"faultpage.caught-once"}), std::to_string(once)},
                                  {say({"faultpage.scenarios"}), std::to_string(suite_.size())},
                                  {say({"faultpage.servers"}), std::to_string(servers(false))},
                                  {say({"faultpage.correct"}), std::to_string(servers(true))}});
    std::string told;
    std::size_t shown = 0;
    const auto tell = [&](const std::string& text) {
      if (shown++ < kMostProblems) told += "<li>" + html_line(text) + "</li>\n";
    };
    for (const std::string& error : errors) tell(error);
    for (const Message& problem : problems) tell(say(problem));
    if (!told.empty()) out += "<ul>\n" + told + "</ul>\n";
    if (shown > kMostProblems) {
      out += html_paragraph(
          "note", say({"loadpage.left-out", {{"count", std::to_string(shown - kMostProblems)}}}));
    }
    return out + "</header>\n";
  }

  std::size_t servers(bool correct) const {
    return static_cast<std::size_t>(
        std::count_if(table_.begin(), table_.end(),
                      [&](const FaultRow& row) { return row.fault.empty() == correct; }));
  }

  // Rules the rows of the list with this id; hidden until a script shows it.
  std::string filter(const std::string& list, std::size_t all, const std::string& more) const {
    return "<form class=\"filter\" role=\"search\" hidden" + html_attribute("data-filter", list) +
           "><label>" + html_text(say({"faultpage.search"})) + " <input type=\"search\"></label> " +
           more + "<output" +
           html_attribute("data-shown",
                          say({"faultpage.shown", {{"shown", "{shown}"}, {"all", "{all}"}}})) +
           ">" + std::to_string(all) + "</output></form>\n";
  }

  std::string tick(const char* name, std::string_view value, const std::string& label) const {
    return "<label><input type=\"checkbox\" checked" + html_attribute("name", name) +
           html_attribute("value", value) + "> " + html_text(label) + "</label> ";
  }

  std::string matrix() const {
    std::string ticks;
    for (const Named<Level>& level : names<Level>())
      ticks += tick("level", level.name, std::string(level.name));
    ticks += tick("alone", "yes", say({"faultpage.alone"})) +
             tick("alone", "no", say({"faultpage.not-alone"}));
    std::string html = filter("scenarios", suite_.size(), ticks) + "<p class=\"note\">";
    for (const Mark& mark : {kOnly, kAlways, kSometimes, kNever})
      html += std::string("<span class=\"sign ") + mark.kind + "\">" + mark.sign + "</span> " +
              html_text(say({mark.meaning})) + " &nbsp; ";
    html += html_text(say({"faultpage.empty"})) +
            "</p>\n<div class=\"matrix\" role=\"region\" tabindex=\"0\"" +
            html_attribute("aria-label", say({"faultpage.matrix"})) + ">\n<table" +
            html_attribute("id", "scenarios") + ">\n<thead><tr><th scope=\"col\">" +
            html_text(say({"faultpage.scenario"})) + "</th><th scope=\"col\">" +
            html_text(say({"faultpage.catches"})) + "</th>";
    for (const Fault& fault : faults_)
      html += "<th scope=\"col\"><a" + html_attribute("href", "#fault-" + fault.name) +
              html_attribute("title", fault.title.in(lang_)) + ">" + html_line(fault.name) +
              "</a></th>";
    html += "</tr></thead>\n<tbody>\n";
    for (std::size_t i = 0; i < suite_.size(); ++i) html += line(i);
    return html_card("matrix", "", say({"faultpage.matrix"}),
                     html + "</tbody></table></div>\n" + nothing("scenarios"));
  }

  std::string nothing(const std::string& list) const {
    return "<p class=\"note\" hidden" + html_attribute("id", list + "-nothing") + ">" +
           html_text(say({"faultpage.nothing"})) + "</p>\n";
  }

  std::string line(std::size_t scenario) const {
    std::size_t count = 0;
    bool alone = false;
    std::string cells;
    for (std::size_t fault = 0; fault < faults_.size(); ++fault) {
      const FaultCell& cell = matrix_.cells[scenario][fault];
      count += cell.caught > 0 ? 1 : 0;
      alone = alone || matrix_.only(scenario, fault);
      if (cell.met == 0) {
        cells += "<td></td>";
        continue;
      }
      const Mark& mark = matrix_.only(scenario, fault) ? kOnly
                         : cell.caught == cell.met     ? kAlways
                         : cell.caught > 0             ? kSometimes
                                                       : kNever;
      cells += *mark.kind ? std::string("<td class=\"") + mark.kind + "\">" : "<td>";
      cells += std::string(mark.sign) + "</td>";
    }
    const Scenario& row = suite_[scenario];
    return "<tr data-row" + html_attribute("data-level", name_of(row.level)) +
           html_attribute("data-alone", alone ? "yes" : "no") +
           html_attribute("data-find", row.title.in(lang_)) + "><th scope=\"row\"" +
           html_attribute("title", row.title.in(lang_)) + ">" + html_line(row.id) +
           "</th><td class=\"number\">" + std::to_string(count) + "</td>" + cells + "</tr>\n";
  }

  // Each fault in words, with the scenarios that catch it: what the matrix says, for paper, for a
  // screen reader, and for who wants to know what the fault is.
  std::string list() const {
    std::string html =
        filter("faults", faults_.size(), "") + "<div" + html_attribute("id", "faults") + ">\n";
    for (std::size_t i = 0; i < faults_.size(); ++i) {
      const Fault& fault = faults_[i];
      std::string catchers;
      for (std::size_t scenario = 0; scenario < suite_.size(); ++scenario) {
        if (matrix_.cells[scenario][i].caught > 0)
          catchers += (catchers.empty() ? "<code>" : ", <code>") + html_line(suite_[scenario].id) +
                      "</code>";
      }
      const std::size_t count = matrix_.catchers[i];
      const std::string badge =
          count == 0 ? html_badge("failed", say({"faultpage.nobody"}))
          : count == 1
              ? html_badge("warned", say({"faultpage.one"}))
              : html_badge("passed", say({"faultpage.many", {{"count", std::to_string(count)}}}));
      std::string profiles;
      for (const std::string& profile : fault.profiles)
        profiles += (profiles.empty() ? "" : ", ") + profile;
      html += "<details data-row" + html_attribute("id", "fault-" + fault.name) +
              "><summary><code>" + html_line(fault.name) + "</code> " +
              html_line(fault.title.in(lang_)) + " " + badge + "</summary>\n<div class=\"stack\">" +
              html_paragraph("", fault.explanation.in(lang_)) +
              html_paragraph("", fault.hint.in(lang_)) +
              html_facts({{say({"faultpage.profiles"}), html_line(profiles)},
                          {say({"faultpage.catchers"}), catchers.empty() ? "–" : catchers}}) +
              "</div></details>\n";
    }
    return html_card("fault-list", "", say({"faultpage.list"}),
                     html + "</div>\n" + nothing("faults"));
  }

  const FaultTable& table_;
  const std::vector<Fault>& faults_;
  const std::vector<Scenario>& suite_;
  std::string lang_;
  FaultMatrix matrix_;
};

}  // namespace

std::string fault_table_html(const FaultTable& table, const std::vector<Fault>& faults,
                             const std::vector<Scenario>& suite,
                             const std::vector<Message>& problems,
                             const std::vector<std::string>& errors, std::string_view lang) {
  return FaultTablePage(table, faults, suite, lang).write(problems, errors);
}

}  // namespace sockspec::reports
