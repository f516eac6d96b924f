namespace Tidegate.Models.Formats;

/// <summary>A whole answer that does not say why it ended: every format demands a reason, so this one was cut off, as a stream without its end is.</summary>
public sealed class CutOffException() : FormatException("the answer does not say why it ended: it was cut off");
