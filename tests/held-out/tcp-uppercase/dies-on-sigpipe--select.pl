# Wrong: one process for all clients, and SIGPIPE, raised by a write to a client that is gone, ends it.
# Where: line 32; $SIG{PIPE} = 'IGNORE' is missing.
use strict;
use warnings;
use IO::Socket::INET;
use IO::Select;
use Socket qw(IPPROTO_TCP TCP_NODELAY);

my $server = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => $ARGV[0],
    Proto => 'tcp', Listen => 128, ReuseAddr => 1) or die "cannot listen: $!";
my ($readers, $writers) = (IO::Select->new($server), IO::Select->new);
my %out;

while (1) {
    my ($can_read, $can_write) = IO::Select->select($readers, $writers, undef);
    for my $sock (@$can_read) {
        if ($sock == $server) {
            my $client = $server->accept or next;
            $client->blocking(0);
            setsockopt($client, IPPROTO_TCP, TCP_NODELAY, 1);
            $readers->add($client);
            next;
        }
        my $n = sysread($sock, my $data, 65536);
        $readers->remove($sock);
        if (!$n) { close $sock; next }
        ($out{$sock} = $data) =~ tr/a-z/A-Z/;
        $writers->add($sock);
    }
    for my $sock (@$can_write) {
        my $part = substr($out{$sock}, 0, 2048);
        my $n = syswrite($sock, $part);
        if (!defined $n && $!{EAGAIN}) { next }
        substr($out{$sock}, 0, $n // length $out{$sock}) = '';
        next if length $out{$sock};
        $writers->remove($sock);
        $readers->add($sock);
    }
}
