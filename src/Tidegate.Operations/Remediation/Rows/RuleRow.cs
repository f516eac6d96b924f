using System.Text.Json;
using Tidegate.Platform.Hosting;

namespace Tidegate.Operations.Remediation.Rows;

/// <summary>A row of <c>remediation_rules</c>.</summary>
internal sealed class RuleRow
{
    /// <summary>Policy and rule.</summary>
    public required string Id { get; init; }

    public required long Version { get; set; }

    /// <summary>The state, as JSON.</summary>
    public required string Content { get; set; }

    public RuleState ToState() => JsonSerializer.Deserialize<RuleState>(Content, ApiJson.Options)! with { Version = Version };

    public static string Write(RuleState state) => JsonSerializer.Serialize(state, ApiJson.Options);
}
