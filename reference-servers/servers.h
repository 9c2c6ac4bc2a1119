// The serve functions behind the table in serve.cc, each in the file of its name. Their contract is
// that of ServeFunction in serve.h; what each one answers is said at the head of its file.
#pragma once

#include "reference-servers/serve.h"

namespace sockspec::reference {

int serve_tcp_echo(const ServeOptions& options);
int serve_tcp_uppercase(const ServeOptions& options);
int serve_tcp_echo_line(const ServeOptions& options);
int serve_tcp_uppercase_line(const ServeOptions& options);
int serve_tcp_uppercase_once(const ServeOptions& options);
int serve_tcp_greeting(const ServeOptions& options);
int serve_tcp_echo_end(const ServeOptions& options);
int serve_tcp_discard(const ServeOptions& options);
int serve_tcp_daytime(const ServeOptions& options);
int serve_tcp_qotd(const ServeOptions& options);
int serve_tcp_chargen(const ServeOptions& options);
int serve_udp_echo(const ServeOptions& options);
int serve_udp_uppercase(const ServeOptions& options);
int serve_udp_greeting(const ServeOptions& options);
int serve_udp_discard(const ServeOptions& options);

}  // namespace sockspec::reference
