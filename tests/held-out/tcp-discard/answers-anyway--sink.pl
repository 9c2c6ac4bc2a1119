# Wrong: a discard server that thanks the client by sending everything back.
# Where: line 17.
use strict;
use warnings;
use IO::Socket::INET;

$SIG{CHLD} = 'IGNORE';
$SIG{PIPE} = 'IGNORE';
my $server = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => $ARGV[0],
    Listen => 128, ReuseAddr => 1) or die "listen: $!";
while (1) {
    my $client = $server->accept() or next;
    my $pid = fork();
    if (defined $pid and $pid == 0) {
        close $server;
        while (sysread($client, my $data, 8192)) {
            syswrite($client, $data);
        }
        exit 0;
    }
    close $client;
}
