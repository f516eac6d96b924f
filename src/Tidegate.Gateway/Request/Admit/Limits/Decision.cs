namespace Tidegate.Gateway.Request.Admit.Limits;

/// <summary>What a count says about one call.</summary>
/// <param name="Admitted">The call may go.</param>
/// <param name="Remaining">Calls left right now.</param>
/// <param name="ResetAfter">Timestamp units until the whole quota is there again, when nobody calls.</param>
/// <param name="RetryAfter">Timestamp units until the next call may go; 0 when admitted.</param>
internal readonly record struct Decision(bool Admitted, long Remaining, long ResetAfter, long RetryAfter);
