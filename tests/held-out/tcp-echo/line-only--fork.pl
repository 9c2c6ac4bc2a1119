# Wrong: <$client> is readline: a message without a newline waits for the client's end.
# Where: line 21, the while loop of the child.
use strict;
use warnings;
use IO::Socket::INET;
use Socket qw(IPPROTO_TCP TCP_NODELAY);

$SIG{CHLD} = 'IGNORE';
$SIG{PIPE} = 'IGNORE';
my $server = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => $ARGV[0],
    Proto => 'tcp', Listen => 128, ReuseAddr => 1) or die "cannot listen: $!";

while (1) {
    my $client = $server->accept() or next;
    my $pid = fork();
    if (defined $pid && $pid == 0) {
        close $server;
        setsockopt($client, IPPROTO_TCP, TCP_NODELAY, 1);
        $client->autoflush(1);
        binmode $client;
        while (my $line = <$client>) {
            print $client $line or last;
        }
        close $client;
        exit 0;
    }
    close $client;
}
