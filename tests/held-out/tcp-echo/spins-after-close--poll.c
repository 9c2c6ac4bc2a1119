// Wrong: a closed descriptor stays in the table of poll(), which from then on always returns at once.
// Where: line 51, the entry's fd should become -1.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <errno.h>
#include <poll.h>

#define MAX 1024

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

struct pollfd fds[MAX];  // place = descriptor
char buf[MAX][16384];
ssize_t len[MAX], pos[MAX];

int main(int argc, char **argv) {
  signal(SIGPIPE, SIG_IGN);
  int server = make_server(argv[1]), on = 1;
  for (int i = 0; i < MAX; i++) fds[i].fd = -1;
  fds[server] = (struct pollfd){server, POLLIN, 0};
  for (;;) {
    poll(fds, MAX, -1);
    for (int fd = server + 1; fd < MAX; fd++) {
      if (fds[fd].fd < 0 || !fds[fd].revents || fds[fd].revents & POLLNVAL) continue;
      ssize_t n;
      if (pos[fd] < len[fd]) {
        n = send(fd, buf[fd] + pos[fd], len[fd] - pos[fd], MSG_DONTWAIT);
        if (n > 0) pos[fd] += n;
      } else {
        n = recv(fd, buf[fd], sizeof buf[fd], MSG_DONTWAIT);
        if (n > 0) pos[fd] = 0, len[fd] = n;
      }
      if (n == 0 || (n < 0 && errno != EAGAIN)) {
        close(fd);
        continue;
      }
      fds[fd].events = pos[fd] < len[fd] ? POLLOUT : POLLIN;
    }
    if (fds[server].revents) {
      int fd = accept(server, NULL, NULL);
      if (fd < 0) continue;
      if (fd >= MAX) { close(fd); continue; }
      setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      fds[fd] = (struct pollfd){fd, POLLIN, 0};
      pos[fd] = len[fd] = 0;
    }
  }
}
