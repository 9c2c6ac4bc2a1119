// The tables of the load page, each as HTML without its heading; "" where there is nothing to show.
// Pure functions, for any thread.
#pragma once

#include <string>

#include "core/load/load_report.h"

namespace sockspec::reports {

std::string threshold_table(const load::LoadReport& report);
std::string latency_table(const load::LoadReport& report);
std::string verdict_table(const load::LoadReport& report);
std::string stage_table(const load::LoadReport& report);
std::string second_table(const load::LoadReport& report);
std::string beside_table(const load::LoadReport& report);  // scenarios played beside the load
std::string trial_table(const load::LoadReport& report);   // of a search for the highest rate

std::string generator_facts(const load::LoadReport& report);
std::string server_facts(const load::LoadReport& report);
std::string connection_facts(const load::LoadReport& report);
std::string machine_facts(const load::LoadReport& report);

}  // namespace sockspec::reports
