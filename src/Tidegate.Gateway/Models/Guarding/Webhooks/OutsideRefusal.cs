namespace Tidegate.Gateway.Models.Guarding.Webhooks;

/// <summary>Why an outside guard does not let a call pass.</summary>
/// <param name="Guardrail">The guardrail it belongs to.</param>
/// <param name="Detail">What the caller is told.</param>
/// <param name="IsFailure">It could not be asked; else it said so.</param>
internal sealed record OutsideRefusal(string Guardrail, string Detail, bool IsFailure);
