use strict;
use warnings;
use IO::Socket::INET;

my $listener = IO::Socket::INET->new(LocalPort => 12000, Listen => 20, ReuseAddr => 1) or die "listen: $!";
my @clients;
while (1) {
  my $client = $listener->accept or next;
  push @clients, $client;  # to be answered later
}
