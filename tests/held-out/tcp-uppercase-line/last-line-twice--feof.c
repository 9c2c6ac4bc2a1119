// Wrong: the loop asks feof() before it reads, so at the end the last line is sent a second time.
// Where: line 34.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <ctype.h>

int make_server(char *port) {
  int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  struct sockaddr_in addr = {.sin_family = AF_INET, .sin_port = htons(atoi(port))};
  addr.sin_addr.s_addr = inet_addr("127.0.0.1");
  if (bind(fd, (struct sockaddr *)&addr, sizeof addr) < 0 || listen(fd, 128) < 0) {
    perror("server");
    exit(1);
  }
  return fd;
}

void serve(int fd) {
  FILE *in = fdopen(fd, "r"), *out = fdopen(dup(fd), "w");
  char line[4096] = "";
  do {
    fgets(line, sizeof line, in);
    for (char *p = line; *p; p++) if (isascii(*p)) *p = toupper(*p);
    fputs(line, out);
    if (fflush(out) == EOF) break;
  } while (!feof(in) && !ferror(in));
  fclose(out);
  fclose(in);
}

int main(int argc, char **argv) {
  signal(SIGPIPE, SIG_IGN);
  signal(SIGCHLD, SIG_IGN);
  int server = make_server(argv[1]);
  for (;;) {
    int fd = accept(server, NULL, NULL), on = 1;
    if (fd < 0) { usleep(10000); continue; }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (fork() == 0) {
      close(server);
      serve(fd);
      exit(0);
    }
    close(fd);
  }
}
