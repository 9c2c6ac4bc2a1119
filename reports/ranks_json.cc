#include "reports/ranks_json.h"

#include "reports/report_fields.h"

namespace sockspec::reports {

using load::RankFigures;
using scenario::Json;
using scenario::Reader;

Json ranks_to_json(const std::vector<RankFigures>& ranks) {
  Json all = Json::array();
  for (const RankFigures& rank : ranks) {
    Json json;
    json["rank"] = rank.rank;
    json["host"] = rank.host;
    json["connections"] = rank.connections;
    json["due"] = rank.due;
    json["sent"] = rank.sent;
    json["answered"] = rank.answered;
    json["ok"] = rank.ok;
    json["errors"] = rank.errors;
    json["adherence"] = rank.adherence;
    json["response_p99"] = nullable_ns(rank.response_p99);
    json["lag_p99"] = nullable_ns(rank.lag_p99);
    json["cpu_ns"] = ns_to_json(rank.cpu);
    json["busiest"] = rank.busiest;
    json["length_ns"] = ns_to_json(rank.length);
    json["start_ns"] = nullable_ns(rank.start);
    json["clock_error_ns"] = nullable_ns(rank.clock_error);
    all.push_back(std::move(json));
  }
  return all;
}

std::vector<RankFigures> ranks_from_json(const Reader& in) {
  std::vector<RankFigures> ranks;
  for (const Reader& item : in.items()) {
    RankFigures rank;
    rank.rank = count_from_json(item.at("rank"));
    rank.host = item.at("host").text();
    rank.connections = count_from_json(item.at("connections"));
    rank.due = count_from_json(item.at("due"));
    rank.sent = count_from_json(item.at("sent"));
    rank.answered = count_from_json(item.at("answered"));
    rank.ok = count_from_json(item.at("ok"));
    rank.errors = count_from_json(item.at("errors"));
    rank.adherence = real_from_json(item.at("adherence"));
    rank.response_p99 = nullable_ns_from_json(item.at("response_p99"));
    rank.lag_p99 = nullable_ns_from_json(item.at("lag_p99"));
    rank.cpu = ns_from_json(item.at("cpu_ns"));
    rank.busiest = real_from_json(item.at("busiest"));
    rank.length = ns_from_json(item.at("length_ns"));
    rank.start = nullable_ns_from_json(item.at("start_ns"));
    rank.clock_error = nullable_ns_from_json(item.at("clock_error_ns"));
    ranks.push_back(std::move(rank));
  }
  return ranks;
}

}  // namespace sockspec::reports
