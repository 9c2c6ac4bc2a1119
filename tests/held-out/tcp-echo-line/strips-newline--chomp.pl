# Wrong: chomp takes the newline off, and it does not go back to the client.
# Where: line 19.
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
        while (defined(my $line = readline $sock)) {
            last unless chomp $line;
            print {$sock} $line or last;
        }
        exit;
    }
    $sock->close;
}
