// Wrong: copies only the characters for which isascii() is true.
// Where: line 19.
#include <ctype.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static void *serve(void *argument) {
    int client = (int)(long)argument, on = 1;
    char in[2048], out[2048];
    ssize_t n;
    setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    while ((n = recv(client, in, sizeof in, 0)) > 0) {
        ssize_t length = 0;
        for (ssize_t i = 0; i < n; i++)
            if (isascii((unsigned char)in[i])) out[length++] = in[i];
        for (ssize_t sent = 0, m; sent < length; sent += m)
            if ((m = send(client, out + sent, length - sent, MSG_NOSIGNAL)) <= 0) goto end;
    }
end:
    close(client);
    return NULL;
}

int main(int argc, char **argv) {
    int on = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[argc - 1]))};
    pthread_attr_t detached;
    pthread_attr_init(&detached);
    pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
    pthread_attr_setstacksize(&detached, 64 * 1024);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0) return 1;
    listen(listener, 128);
    for (;;) {
        pthread_t thread;
        int client = accept(listener, NULL, NULL);
        if (client >= 0) pthread_create(&thread, &detached, serve, (void *)(long)client);
    }
}
