#include "reports/html/check_page.h"

#include "core/names.h"
#include "reports/html/check_head.h"
#include "reports/html/elements.h"
#include "reports/html/page.h"
#include "reports/html/result_list.h"
#include "reports/messages.h"
#include "reports/printable.h"

namespace sockspec::reports {
namespace {

constexpr std::size_t kName = 200;

std::string title(const CheckReport& report) {
  const std::string outcome = "console." + std::string(name_of(overall_outcome(report)));
  const Message text{"html.title",
                     {{"outcome", render({outcome}, report.lang)},
                      {"profile", printable_line(report.profile.id, kName)}}};
  return render(text, report.lang);
}

}  // namespace

std::string check_html(const CheckReport& report) {
  return html_page({report.lang, title(report),
                    check_head(report) + check_troubles(report) + check_diagnosis(report) +
                        result_list(report) + check_facts(report)});
}

}  // namespace sockspec::reports
