namespace Tidegate.Insight.PostMortems;

/// <summary>Something that is to be done so that it does not happen again, or hurts less.</summary>
/// <param name="Number">Its number in the post-mortem, from 1.</param>
/// <param name="Title">What is to be done.</param>
/// <param name="Priority">How soon.</param>
/// <param name="Owner">Who sees to it; empty while nobody does.</param>
/// <param name="Due">Until when; null when that was not said.</param>
/// <param name="AddedAt">When it was written down.</param>
/// <param name="AddedBy">Who wrote it down.</param>
public sealed record ActionItem(int Number, string Title, ActionPriority Priority, string Owner, DateOnly? Due, DateTimeOffset AddedAt, string AddedBy);
