module consumer {
  requires io.swarmstats;
}
