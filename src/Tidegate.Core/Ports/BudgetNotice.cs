namespace Tidegate.Core.Ports;

/// <summary>Something about a budget that is worth telling, once per window of a count.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Budget">How it stood.</param>
/// <param name="At">When it was seen.</param>
public sealed record BudgetNotice(BudgetNoticeKind Kind, BudgetStatus Budget, DateTimeOffset At);
