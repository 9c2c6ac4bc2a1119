# Wrong: tr/// takes away whatever is not ASCII, as if it were noise.
# Where: line 20.
use strict;
use warnings;
use IO::Socket::INET;
use Socket qw(IPPROTO_TCP TCP_NODELAY);

$SIG{PIPE} = $SIG{CHLD} = 'IGNORE';
my $listen = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => shift,
    Listen => 128, ReuseAddr => 1, Proto => 'tcp') or die $!;
for (;;) {
    my $sock = $listen->accept or next;
    my $pid = fork;
    if (defined $pid and not $pid) {
        $listen->close;
        $sock->autoflush(1);
        setsockopt $sock, IPPROTO_TCP, TCP_NODELAY, 1;
        while (sysread $sock, my $data, 4096) {
            $data = uc $data;
            $data =~ tr/\x00-\x7F//cd;
            print {$sock} $data or last;
        }
        exit;
    }
    $sock->close;
}
