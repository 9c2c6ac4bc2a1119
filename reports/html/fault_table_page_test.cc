#include "reports/html/fault_table_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/fault_table_json.h"
#include "reports/html/fault_matrix.h"
#include "scenario/faults.h"
#include "scenario/suite.h"

namespace sockspec::reports {
namespace {

using testing::HasSubstr;
using testing::Not;

Fault fault(const std::string& name, const std::string& title) {
  Fault fault;
  fault.name = name;
  fault.title.en = title;
  fault.profiles = {"p", "q"};
  return fault;
}

Scenario scenario(const std::string& id) {
  Scenario scenario;
  scenario.id = id;
  scenario.title.en = "Title of " + id;
  return scenario;
}

FaultRow row(const std::string& fault, const std::string& profile,
             const std::vector<std::string>& wrong, const std::set<std::string>& ran) {
  FaultRow row{fault, profile, {}, {}};
  for (const std::string& id : wrong) row.signature.wrong[id] = {"reply=nothing"};
  row.signature.ran = ran;
  return row;
}

// s/one catches a everywhere; s/two catches a in one of two profiles, and b alone; s/three meets b.
struct World {
  std::vector<Fault> faults{fault("a", "First"), fault("b", "Second"), fault("c", "Third")};
  std::vector<Scenario> suite{scenario("s/one"), scenario("s/two"), scenario("s/three")};
  FaultTable table{row("", "p", {}, {"s/one", "s/two", "s/three"}),
                   row("", "q", {}, {"s/one", "s/two"}), row("a", "p", {"s/one", "s/two"}, {}),
                   row("a", "q", {"s/one"}, {"s/two"}), row("b", "p", {"s/two"}, {"s/three"})};

  std::string page(const std::vector<Message>& problems = {},
                   const std::vector<std::string>& errors = {}) const {
    const std::string page = fault_table_html(table, faults, suite, problems, errors, "en");
    const std::size_t from = page.find("<main");
    return page.substr(from, page.find("</main>") - from);
  }
};

TEST(FaultMatrixTest, ItCountsTheProfilesInWhichAFaultIsMetAndCaught) {
  const World world;
  const FaultMatrix matrix = fault_matrix(world.table, world.faults, world.suite);
  EXPECT_EQ(matrix.cells[0][0].met, 2U);
  EXPECT_EQ(matrix.cells[0][0].caught, 2U);
  EXPECT_EQ(matrix.cells[1][0].caught, 1U);
  EXPECT_EQ(matrix.cells[2][1].met, 1U);
  EXPECT_EQ(matrix.cells[2][1].caught, 0U);
  EXPECT_EQ(matrix.cells[0][1].met, 0U);
  EXPECT_EQ(matrix.catchers, (std::vector<std::size_t>{2, 1, 0}));
  EXPECT_TRUE(matrix.only(1, 1));
  EXPECT_FALSE(matrix.only(1, 0));
}

TEST(FaultMatrixTest, ItSaysTheSameAsTheTableOfTheDocumentation) {
  const auto table = builtin_fault_table();
  const auto faults = scenario::builtin_faults();
  const auto suite = scenario::builtin_suite();
  ASSERT_TRUE(table.ok() && faults.ok() && suite.ok());
  const FaultMatrix matrix = fault_matrix(*table, *faults, *suite);
  for (std::size_t i = 0; i < faults->size(); i += 10)
    EXPECT_EQ(matrix.catchers[i], catchers_of(*table, (*faults)[i].name).size())
        << (*faults)[i].name;
}

TEST(FaultTablePageTest, EachCellSaysWhatTheScenarioDoesToTheFault) {
  const std::string page = World().page();
  EXPECT_THAT(page, HasSubstr(">s/one</th><td class=\"number\">1</td><td class=\"caught\">●</td>"
                              "<td></td><td></td></tr>"));
  EXPECT_THAT(page, HasSubstr(">s/two</th><td class=\"number\">2</td><td class=\"some\">◐</td>"
                              "<td class=\"only\">★</td><td></td></tr>"));
  EXPECT_THAT(page, HasSubstr(">s/three</th><td class=\"number\">0</td><td></td><td>·</td>"));
}

TEST(FaultTablePageTest, EachFaultIsExplainedWithWhatCatchesIt) {
  const std::string page = World().page();
  EXPECT_THAT(page,
              HasSubstr("<code>b</code> Second <span class=\"badge warned\">1 scenario</span>"));
  EXPECT_THAT(page,
              HasSubstr("<code>c</code> Third <span class=\"badge failed\">not caught</span>"));
  EXPECT_THAT(page, HasSubstr("<code>s/one</code>, <code>s/two</code>"));
}

TEST(FaultTablePageTest, WithoutScriptsNothingIsHiddenButTheFilters) {
  const std::string page = World().page();
  EXPECT_THAT(page, HasSubstr("role=\"search\" hidden"));
  EXPECT_THAT(page, Not(HasSubstr("<tr hidden")));
  EXPECT_THAT(page, HasSubstr("data-shown=\"{shown} of {all}\""));
}

TEST(FaultTablePageTest, ASuiteThatIsWrongSaysSoFirst) {
  const std::string good = World().page();
  EXPECT_THAT(good, HasSubstr("<h1>The suite is what it says.</h1>"));
  const std::string bad =
      World().page({{"selftest.catches-nothing", {{"scenario", "s/three"}}}}, {"<b>no server</b>"});
  EXPECT_THAT(bad, HasSubstr("<h1>2 problems.</h1>"));
  EXPECT_THAT(bad, HasSubstr("<li>s/three catches no fault</li>"));
  EXPECT_THAT(bad, HasSubstr("<li>&lt;b&gt;no server&lt;/b&gt;</li>"));
}

TEST(FaultTablePageTest, HostileNamesStayText) {
  World world;
  const std::string evil = "</table><script>x</script>";
  world.faults[0].name = world.faults[0].title.en = world.faults[0].explanation.en = evil;
  world.suite[0].id = world.suite[0].title.en = evil;
  EXPECT_THAT(world.page(std::vector<Message>(100'000, {evil, {}})), Not(HasSubstr("<script")));
  EXPECT_LT(world.page(std::vector<Message>(100'000, {evil, {}})).size(), 200'000U);
}

}  // namespace
}  // namespace sockspec::reports
