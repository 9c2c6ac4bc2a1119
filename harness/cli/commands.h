// The commands. Each takes the words after its name and returns the exit code.
#pragma once

#include <string>
#include <vector>

namespace sockspec::cli {

using Words = std::vector<std::string>;

int check_command(const Words& words);
int grade_command(const Words& words);
int serve_command(const Words& words);
int list_command(const Words& words);
int show_command(const Words& words);
int replay_command(const Words& words);
int report_command(const Words& words);
int selftest_command(const Words& words);
int learn_command(const Words& words);
int load_command(const Words& words);
int merge_command(const Words& words);
int compare_command(const Words& words);

}  // namespace sockspec::cli
