namespace Tidegate.Platform.Events;

/// <summary>Something that happened, about to be written down.</summary>
/// <param name="Id">Unique for ever; the same id is written once, so that whoever is not sure may write again.</param>
/// <param name="Type">What happened, in the past: <c>objectives.alert_fired</c>. Begins with the word of its module.</param>
/// <param name="Subject">What it happened to: <c>slo/checkout</c>.</param>
/// <param name="Time">When it happened.</param>
/// <param name="Data">What is known of it; serialized as JSON. Never a secret.</param>
public sealed record NewEvent(string Id, string Type, string Subject, DateTimeOffset Time, object Data);
