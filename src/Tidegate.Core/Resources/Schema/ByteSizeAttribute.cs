namespace Tidegate.Core.Resources.Schema;

/// <summary>A number of bytes; may be written with a unit: <c>64KiB</c>, <c>10MB</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ByteSizeAttribute : Attribute;
