# Correct: one loop with IO::Select, lines are collected for each client.
# It must hold every scenario of tcp-echo-line.
use strict;
use warnings;
use IO::Socket::INET;
use IO::Select;
use Socket qw(IPPROTO_TCP TCP_NODELAY);

$SIG{PIPE} = 'IGNORE';
my $server = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => $ARGV[0],
    Listen => 128, ReuseAddr => 1) or die "listen: $!";
my ($readers, $writers) = (IO::Select->new($server), IO::Select->new);
my (%in, %out);

while (1) {
    my ($can_read, $can_write) = IO::Select->select($readers, $writers, undef);
    for my $s (@$can_read) {
        if ($s == $server) {
            my $client = $server->accept or next;
            $client->blocking(0);
            setsockopt($client, IPPROTO_TCP, TCP_NODELAY, 1);
            ($in{$client}, $out{$client}) = ('', '');
            $readers->add($client);
        } elsif (sysread($s, $in{$s}, 16384, length $in{$s})) {
            my $end = rindex($in{$s}, "\n") + 1;
            next unless $end;
            $out{$s} = substr($in{$s}, 0, $end, '');
            $readers->remove($s);
            $writers->add($s);
        } else {
            $readers->remove($s);
            delete @in{$s}, delete @out{$s};
            close $s;
        }
    }
    for my $s (@$can_write) {
        my $n = syswrite($s, $out{$s});
        next if !defined $n && $!{EAGAIN};
        substr($out{$s}, 0, $n // length $out{$s}) = '';
        next if length $out{$s};
        $writers->remove($s);
        $readers->add($s);
    }
}
