# Wrong: answers the second, fourth, ... read of a connection, but not the others. (In no list of faults.)
# Where: line 19.
use strict;
use warnings;
use IO::Socket::INET;
use Socket qw(IPPROTO_TCP TCP_NODELAY);

$SIG{CHLD} = $SIG{PIPE} = 'IGNORE';
my $server = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => $ARGV[0],
    Listen => 128, ReuseAddr => 1) or die "listen: $!";
while (1) {
    my $client = $server->accept() or next;
    my $pid = fork();
    if (defined $pid && $pid == 0) {
        close $server;
        setsockopt($client, IPPROTO_TCP, TCP_NODELAY, 1);
        my $count = 0;
        while (sysread($client, my $data, 4096)) {
            next if ++$count % 2;
            while (length $data) {
                my $n = syswrite($client, $data) or exit 0;
                substr($data, 0, $n) = '';
            }
        }
        exit 0;
    }
    close $client;
}
