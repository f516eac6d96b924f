using System.Text.Json.Serialization;

namespace Tidegate.Core.Resources.OpenSlo;

/// <summary>How a value is compared with a limit.</summary>
public enum ComparisonOperator
{
    /// <summary>At most.</summary>
    [JsonStringEnumMemberName("lte")]
    LessOrEqual,

    /// <summary>At least.</summary>
    [JsonStringEnumMemberName("gte")]
    GreaterOrEqual,

    /// <summary>Below.</summary>
    [JsonStringEnumMemberName("lt")]
    Less,

    /// <summary>Above.</summary>
    [JsonStringEnumMemberName("gt")]
    Greater,
}
