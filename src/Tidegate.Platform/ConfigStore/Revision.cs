namespace Tidegate.Platform.ConfigStore;

/// <summary>One state the configuration was in. Numbers have no gaps; a rollback is a new revision with an older document.</summary>
/// <param name="Number">1, 2, 3, ...</param>
/// <param name="Parent">The revision it was made from; 0 for the first.</param>
/// <param name="Author">Who made it.</param>
/// <param name="Message">Why, in the author's words; may be empty.</param>
/// <param name="Time">When it was committed.</param>
/// <param name="Hash">SHA-256 of its canonical document: equal hashes, equal documents.</param>
/// <param name="Summary">What it changed: <c>2 added, 1 changed, 0 removed</c>.</param>
public sealed record Revision(long Number, long Parent, string Author, string Message, DateTimeOffset Time, string Hash, string Summary);
