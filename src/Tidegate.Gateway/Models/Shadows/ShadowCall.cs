using Tidegate.Gateway.Models.Budgets;
using Tidegate.Gateway.Models.Faces;
using Tidegate.Gateway.Models.Targets;
using Tidegate.Models.Formats;

namespace Tidegate.Gateway.Models.Shadows;

/// <summary>
/// A call that is to be mirrored: what is kept of it, nothing of which is its caller's, until the copy has been compared. It has a place among the alias' shadows and holds money; both are
/// given back at its end, whatever that is.
/// </summary>
/// <param name="alias">Alias that was asked.</param>
/// <param name="target">Where the copy goes.</param>
/// <param name="hold">What it may cost.</param>
/// <param name="places">Where it has its place.</param>
internal sealed class ShadowCall(string alias, string target, BudgetHold hold, TargetLoad places) : IDisposable
{
    /// <summary>Alias that was asked.</summary>
    public string Alias { get; } = alias;

    /// <summary>Where the copy goes: <c>provider/model</c>.</summary>
    public string Target { get; } = target;

    /// <summary>What it may cost.</summary>
    public BudgetHold Hold { get; } = hold;

    /// <summary>What the caller speaks.</summary>
    public required Face Face { get; init; }

    /// <summary>Model as the caller named it.</summary>
    public required string Asked { get; init; }

    /// <summary>The request as guardrails left it; bytes of its own, since the call's are lent.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>What a walk over it told.</summary>
    public required RequestScan Scan { get; init; }

    /// <summary>What answers repeat of the call.</summary>
    public required AnswerContext Context { get; init; }

    /// <summary>What its caller says of the API beside the body; null for nothing.</summary>
    public CallerWishes? Wishes { get; init; }

    /// <summary>The nodes it came over, this one included, so that a provider whose address leads back here is found out.</summary>
    public required string? Via { get; init; }

    /// <summary>What the provider answered whose answer the caller was given, whole; null when there is none.</summary>
    public AnswerCopy? Primary { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Hold.Dispose();
        places.Leave();
    }
}
