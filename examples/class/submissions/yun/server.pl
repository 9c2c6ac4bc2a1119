use strict;
use warnings;
use IO::Socket::INET;

$SIG{CHLD} = "IGNORE";
$SIG{PIPE} = "IGNORE";
my $listener = IO::Socket::INET->new(LocalPort => 12000, Listen => 128, ReuseAddr => 1, Proto => "tcp")
  or die "listen: $!";
while (1) {
  my $client = $listener->accept or next;
  my $child = fork;
  if (defined $child && $child == 0) {
    close $listener;
    while (sysread($client, my $data, 4096)) {
      $data =~ tr/a-z/A-Z/;
      while (length $data) {
        my $sent = syswrite($client, $data);
        exit 0 unless $sent;
        substr($data, 0, $sent) = "";
      }
    }
    exit 0;
  }
  close $client;
}
