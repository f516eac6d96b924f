using Tidegate.Platform.Hosting;

namespace Tidegate.Operations.Remediation;

/// <summary>Error budget policies act: within bounds, with evidence, for a limited time, and are reverted.</summary>
public sealed class RemediationModule : Module
{
    /// <summary>The product word.</summary>
    public const string Word = "Remediation";

    /// <inheritdoc/>
    public override string Name => Word;
}
