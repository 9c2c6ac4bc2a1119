# Wrong: a syswrite that fails with EAGAIN (the client reads slowly, the kernel's buffer is full) ends the whole server.
# Where: line 25, die() is called for every error that is not a lost connection.
use strict;
use warnings;
use IO::Socket::INET;
use IO::Select;
use Errno;
use Socket qw(IPPROTO_TCP TCP_NODELAY);

$SIG{PIPE} = 'IGNORE';

my $server = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => $ARGV[0],
    Proto => 'tcp', Listen => 128, ReuseAddr => 1) or die "listen: $!";
$server->blocking(0);
my $select = IO::Select->new($server);
my %line;    # what has come of a line, for each client

sub send_all {
    my ($client, $data) = @_;
    my $sent = 0;
    while ($sent < length $data) {
        my $n = syswrite($client, $data, length($data) - $sent, $sent);
        if (!defined $n) {
            return 0 if $!{ECONNRESET} || $!{EPIPE} || $!{ETIMEDOUT};
            die "write: $!";
        }
        $sent += $n;
    }
    return 1;
}

sub serve {    # false: this client is finished
    my $client = shift;
    my $n = sysread($client, $line{$client}, 8192, length $line{$client});
    return $!{EAGAIN} || $!{EINTR} if !defined $n;
    return 0 if $n == 0;
    my $end = rindex($line{$client}, "\n") + 1;
    return 1 if $end == 0;
    return send_all($client, substr($line{$client}, 0, $end, ''));
}

while (1) {
    for my $s ($select->can_read) {
        if ($s == $server) {
            my $client = $server->accept;
            if (!$client) {
                select(undef, undef, undef, 0.01) unless $!{EAGAIN};
                next;
            }
            $client->blocking(0);
            setsockopt($client, IPPROTO_TCP, TCP_NODELAY, 1);
            $line{$client} = '';
            $select->add($client);
        } elsif (!serve($s)) {
            $select->remove($s);
            delete $line{$s};
            close $s;
        }
    }
}
