// Wrong: one client at a time, and its end is taken for an empty message.
// Where: line 31, 0 is not the end of the loop.
#include <ctype.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv) {
    int server = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};

    if (argc < 2)
        return 2;
    signal(SIGPIPE, SIG_IGN);
    address.sin_port = htons(atoi(argv[1]));
    setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(server, (struct sockaddr *)&address, sizeof address) < 0 || listen(server, 128) < 0)
        return 1;
    for (;;) {
        int client = accept(server, NULL, NULL);
        char buffer[1024];
        ssize_t bytes = 0, sent, i;
        if (client < 0)
            continue;
        do {
            for (i = 0; i < bytes; i++)
                buffer[i] = toupper((unsigned char)buffer[i]);
            for (i = 0; i < bytes && (sent = send(client, buffer + i, bytes - i, 0)) > 0; i += sent) {}
        } while ((bytes = recv(client, buffer, sizeof buffer, 0)) >= 0);
        close(client);
    }
}
