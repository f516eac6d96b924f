using System.Text.Json.Serialization;

namespace Tidegate.Core.Resources.Objectives.Matchers;

/// <summary>How a label is compared.</summary>
public enum MatcherOperator
{
    /// <summary>The same.</summary>
    [JsonStringEnumMemberName("=")]
    Equal,

    /// <summary>Not the same.</summary>
    [JsonStringEnumMemberName("!=")]
    NotEqual,

    /// <summary>The regular expression fits.</summary>
    [JsonStringEnumMemberName("=~")]
    Matches,

    /// <summary>The regular expression does not fit.</summary>
    [JsonStringEnumMemberName("!~")]
    DoesNotMatch,
}
