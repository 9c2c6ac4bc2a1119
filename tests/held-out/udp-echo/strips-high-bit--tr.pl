# Wrong: "only ASCII": the highest bit of every byte is cleared.
# Where: line 12.
use strict;
use warnings;
use IO::Socket::INET;

my $socket = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => $ARGV[0], Proto => 'udp')
    or die "bind: $!";
while (1) {
    my $peer = $socket->recv(my $data, 65535);
    next unless defined $peer;
    $data =~ tr/\x80-\xff/\x00-\x7f/;
    send($socket, $data, 0, $peer);
}
