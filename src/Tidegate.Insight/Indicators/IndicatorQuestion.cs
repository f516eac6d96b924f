using Tidegate.Core.Resources;
using Tidegate.Core.Resources.OpenSlo;
using Tidegate.Core.Resources.OpenSlo.Slis;

namespace Tidegate.Insight.Indicators;

/// <summary>What an objective asks of a source.</summary>
/// <param name="Sli">The indicator.</param>
/// <param name="Op">For a threshold metric: how values compare to <paramref name="Value"/> when they are good.</param>
/// <param name="Value">For a threshold metric: the border.</param>
/// <param name="Document">The configuration it stands in, for data sources.</param>
public sealed record IndicatorQuestion(SliConfig Sli, ComparisonOperator? Op, decimal? Value, ConfigDocument Document);
