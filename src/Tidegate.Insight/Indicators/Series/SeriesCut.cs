namespace Tidegate.Insight.Indicators.Series;

/// <summary>Rows that history leaves out, because <see cref="SeriesPeers"/> has them: those from a minute on that are of other processes.</summary>
/// <param name="Minute">First minute since 1970-01-01T00:00Z.</param>
/// <param name="Own">Writers of our own rows since.</param>
/// <param name="Pushed">Number of the last push to another process that was told; what was pushed after it is left out, too.</param>
/// <param name="Node">This process.</param>
internal sealed record SeriesCut(long Minute, IReadOnlyList<long> Own, long Pushed, long Node);
