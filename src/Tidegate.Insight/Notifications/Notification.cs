namespace Tidegate.Insight.Notifications;

/// <summary>A message about an alert to a target: waiting, sent, given up, or kept back with the reason.</summary>
/// <param name="Id">Unique.</param>
/// <param name="Target">Name of the target.</param>
/// <param name="Alert">Id of the alert.</param>
/// <param name="Kind"><c>fired</c>, <c>repeat</c>, <c>resolved</c> or <c>test</c>.</param>
/// <param name="State"><c>pending</c>, <c>sent</c>, <c>dead</c> (given up) or <c>suppressed</c>.</param>
/// <param name="Reason">Why it was kept back, what it waits for, or what the last attempt failed by; empty otherwise.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="CreatedAt">When it was put in.</param>
/// <param name="NextAt">When it is tried next; null when it is not.</param>
/// <param name="SentAt">When it was sent.</param>
/// <param name="Title">What it says first.</param>
public sealed record Notification(
    string Id, string Target, string Alert, string Kind, string State, string Reason, int Attempts, DateTimeOffset CreatedAt, DateTimeOffset? NextAt, DateTimeOffset? SentAt, string Title);
