// Wrong: sends the NUL of the string too, and ends after one client.
// Where: lines 39 and 40.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

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

int send_all(int fd, const char *data, size_t len) {
  while (len > 0) {
    ssize_t n = send(fd, data, len, 0);
    if (n < 0) return -1;
    data += n;
    len -= n;
  }
  return 0;
}

int main(int argc, char **argv) {
  signal(SIGPIPE, SIG_IGN);
  int server = make_server(argv[1]);
  char hello[] = "Hello, Client!", buf[1024];
  int client = accept(server, NULL, NULL);
  if (read(client, buf, sizeof buf) > 0) send_all(client, hello, strlen(hello) + 1);
  shutdown(client, SHUT_WR);
  while (read(client, buf, sizeof buf) > 0) {}
  close(client);
  close(server);
  return 0;
}
