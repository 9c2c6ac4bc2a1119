# Wrong: the lines of one client are read to the end before the next client is accepted.
# Where: line 15, no fork.
use strict;
use warnings;
use IO::Socket::INET;
use Socket qw(IPPROTO_TCP TCP_NODELAY);

$SIG{PIPE} = 'IGNORE';
my $server = IO::Socket::INET->new(LocalPort => $ARGV[0], LocalAddr => '127.0.0.1',
    Listen => 128, ReuseAddr => 1) or die "bind: $!";
while (1) {
    my $client = $server->accept() or next;
    setsockopt($client, IPPROTO_TCP, TCP_NODELAY, 1);
    $client->autoflush(1);
    while (my $line = <$client>) {
        last unless $line =~ /\n\z/;
        $line =~ tr/a-z/A-Z/;
        print $client $line or last;
    }
    close $client;
}
