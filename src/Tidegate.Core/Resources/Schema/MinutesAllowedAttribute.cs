namespace Tidegate.Core.Resources.Schema;

/// <summary>A duration that may also be written as a plain number of minutes.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MinutesAllowedAttribute : Attribute;
