// A class as a table: one row for each, and nothing in it that a spreadsheet would run.
#include "reports/grade_csv.h"

#include <gtest/gtest.h>

#include "reports/grade_report_for_test.h"

namespace sockspec::reports::test {
namespace {

TEST(CsvCellTest, PlainTextStaysAsItIs) {
  EXPECT_EQ(csv_cell("kim-minji"), "kim-minji");
  EXPECT_EQ(csv_cell("62.35"), "62.35");
  EXPECT_EQ(csv_cell("박지훈"), "박지훈");
  EXPECT_EQ(csv_cell(""), "");
}

TEST(CsvCellTest, CommasQuotesAndLineBreaksAreQuoted) {
  EXPECT_EQ(csv_cell("a,b"), "\"a,b\"");
  EXPECT_EQ(csv_cell("say \"hi\""), "\"say \"\"hi\"\"\"");
  EXPECT_EQ(csv_cell("a\r\nb"), "\"a\r\nb\"");
}

TEST(CsvCellTest, NoCellIsAFormula) {
  for (const char* const cell : {"=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\n-1"}) {
    const std::string written = csv_cell(cell);
    EXPECT_EQ(written[written[0] == '"' ? 1 : 0], '\'') << cell;
  }
  EXPECT_EQ(csv_cell("=HYPERLINK(\"x\",\"y\")"), "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
}

TEST(CsvCellTest, ANulHidesNoFormula) { EXPECT_EQ(csv_cell(std::string("\0=1", 3)), "'=1"); }

TEST(GradeCsvTest, EachSubmissionHasItsRow) {
  EXPECT_EQ(
      grade_report_to_csv(class_of_five()),
      "\xEF\xBB\xBF"
      "name,state,points,max_points,outcome,pass,warn,fail,inconclusive,not-run,diagnosis,notes\r\n"
      "kim-minji,graded,100,100,inconclusive,21,0,0,1,0,,1 of the scenarios could not be decided "
      "on "
      "this machine; they give their points.\r\n"
      "\"lee, \"\"the\"\" student\",graded,62.35,100,fail,20,1,1,0,0,one-shot; drop-at-eof,Days "
      "late: "
      "1. That takes 10 percent of the points.\r\n"
      "'=cmd|' /C calc'!A0,build-failed,0,100,not-run,0,0,0,0,0,,\"gcc: exit code 1; It could not "
      "be "
      "built, so nothing was checked.\"\r\n"
      "박지훈,did-not-start,0,100,not-run,0,0,0,0,0,,\"the folder holds no file that somebody "
      "wrote; The "
      "server did not start, so nothing was checked.\"\r\n"
      "choi,error,,100,not-run,0,0,0,0,0,,\"no memory; It was not graded: sockspec or this machine "
      "failed, not the submission. Grade it again.\"\r\n");
}

}  // namespace
}  // namespace sockspec::reports::test
