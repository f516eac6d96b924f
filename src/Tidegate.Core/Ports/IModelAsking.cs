namespace Tidegate.Core.Ports;

/// <summary>
/// Insight to Gateway: asks a model as callers do, with its targets, fallbacks, guardrails and budgets, but as nobody: no route's limits, not in the call log, and not counted
/// for any objective. For probes.
/// </summary>
public interface IModelAsking
{
    /// <summary>Asks once. Never throws for what the model or its providers do.</summary>
    /// <param name="model">Name callers use.</param>
    /// <param name="prompt">What is said to it.</param>
    /// <param name="maxTokens">Longest answer.</param>
    /// <param name="cancel">Gives it up.</param>
    Task<ModelSaid> AskAsync(string model, string prompt, int maxTokens, CancellationToken cancel);
}
