using Tidegate.Core.Resources;

namespace Tidegate.Platform.ConfigStore;

/// <summary>A module that knows more of a candidate than its documents say: what traffic there is. Each registers one. Advice refuses nothing.</summary>
public interface IPlanAdvice
{
    /// <summary>Warnings about what would change.</summary>
    /// <param name="document">The candidate, without errors.</param>
    /// <param name="before">What is in force.</param>
    /// <param name="cancel">Cancelled when the plan is wanted without waiting any longer.</param>
    Task<IReadOnlyList<Finding>> AdviseAsync(ConfigDocument document, ConfigDocument before, CancellationToken cancel);
}
