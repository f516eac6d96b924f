using System.Text.Json.Serialization;

namespace Tidegate.Core.Resources.OpenSlo.AlertConditions;

/// <summary>Kinds of alert conditions.</summary>
public enum BurnConditionKind
{
    /// <summary>How fast the budget burns.</summary>
    [JsonStringEnumMemberName("burnrate")]
    BurnRate,
}
