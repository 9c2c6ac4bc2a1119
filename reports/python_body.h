// The body of a Python snippet: a plan, deed by deed, in Python.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "reports/python_functions.h"
#include "reports/python_literal.h"
#include "reports/python_names.h"
#include "reports/python_plan.h"

namespace sockspec::reports {

struct PythonBody {
  std::vector<std::string> lines;  // of the function main(), not indented
  std::vector<std::string> probe;  // of the function still_served(), if it is called
  Forms forms;                     // of the functions that they call
  bool timed = false;              // it takes the time of replies
  bool possible = true;            // Python can do that, and a person wants to read it
};

// Writes a plan for one script. Use once.
class PythonWriter {
 public:
  PythonWriter(const Script& script, const Plan& plan);

  PythonBody write();

 private:
  using Peers = std::vector<std::size_t>;

  // What a client has sent and not yet got an answer to, as Python sees it.
  struct Sent {
    std::string expression;
    std::string list;  // of a group: the list that has a message for each
    bool ascii = true;
    std::string bytes;  // the same, where they are known
  };

  void line(const std::string& text);
  void say(const std::string& words);     // printed; in a loop only a comment
  void remark(const std::string& words);  // a comment
  void block(const Plan& plan);
  void loop(const Deed& deed);
  std::string loop_head(const Deed& deed);
  std::vector<std::string> spelled_values(const Deed& loop, const Deed& send);
  void probe(const Deed& deed);
  void move(const Plan& plan, std::size_t at);

  // Connections.
  void connect(const Deed& deed);
  std::string connect_call(const step::Connect& options) const;
  void keep(const Deed& deed);
  bool ends_in(const Plan& body, std::size_t peer) const;
  void for_peers(const Peers& peers, const std::string& call);
  void leave(const Peers& peers, const std::string& call);
  void half_close(const Peers& peers);

  // Sending (python_send.cc).
  void send(const Plan& plan, std::size_t at);
  void send_to_group(const Plan& plan, std::size_t at, const Payloads& payloads);
  void send_in_background(std::size_t peer, const std::string& client, const std::string& message);
  void send_one(const Deed& deed, const Payloads& payloads, const std::string& client,
                const std::string& message, bool awaited);
  void send_pieces(const Deed& deed, const Payloads& payloads, const std::string& client,
                   const std::string& message);
  void wait_for_piece(const Deed& deed, const Payloads& payloads, const std::string& client,
                      const std::string& piece);
  void note_sent(const Plan& plan, std::size_t at, const Payloads& payloads,
                 const std::string& message);
  std::string send_call(const std::string& client, std::size_t peer,
                        const std::string& message) const;
  void choose_forms(const Payloads& payloads);
  void announce(const Payloads& payloads, const std::string& client, const std::string& message);
  bool owes_lines(const Deed& deed, const Payloads& payloads, std::string* owed);
  bool answered_next(const Plan& plan, std::size_t at) const;
  bool answers_each_piece(const Deed& deed) const;

  // Receiving (python_receive.cc).
  void await_reply(const Deed& deed, const move::AwaitReply& await);
  void await_spoken(const Deed& deed, const move::AwaitReply& await);
  void await_group(const Deed& deed, const std::string& list, bool ascii);
  void await_collected(std::size_t peer);
  void await_end(const Deed& deed, const move::AwaitEnd& end);
  void quiet(const Deed& deed);
  void drain(const Deed& deed);
  std::string allowed(const std::string& sent, bool ascii);
  std::string reply_in_words() const;
  void await_one(std::size_t peer, const Sent& sent);

  // The server's processes, and time (python_server.cc).
  void sample(const Deed& deed, const move::Sample& sample);
  void server(ServerAct act);
  void median(const Deed& deed, const step::Median& wanted);
  std::string times_of(const std::string& watch);

  const Script& script_;
  const Profile& profile_;
  const Plan& plan_;
  PythonNames names_;
  PythonBody body_;
  std::vector<std::string> top_;  // what stands at the head of main()
  int depth_ = 0;
  int loops_ = 0;
  bool tcp_;
  std::map<std::size_t, Sent> sent_;
  std::map<std::size_t, std::string> collected_;  // the variable that holds all a peer has sent
  std::map<std::size_t, bool> collected_ascii_;
  std::map<std::size_t, std::string> held_;        // the beginning of a line
  std::map<std::size_t, std::string> pattern_;     // what came of an endless reply
  std::map<std::size_t, std::size_t> background_;  // the line that sends in the background
  std::map<std::size_t, std::pair<std::string, std::string>> chosen_;  // a request, its reply
  std::set<std::size_t> text_sent_;                                    // got the fixed text already
  std::set<std::size_t> connected_;                                    // UDP: a connected socket
  std::map<std::size_t, std::string> elsewhere_;                       // UDP: another address
  std::map<const Deed*, std::string> variable_;  // the loop variable for a Send
  std::map<std::string, std::string> watches_;   // the list of times of a stopwatch
  std::map<std::string, std::string> samples_;   // the variable of a kept figure
};

}  // namespace sockspec::reports
