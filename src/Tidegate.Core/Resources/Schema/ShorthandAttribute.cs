namespace Tidegate.Core.Resources.Schema;

/// <summary>A block that says nothing but this key may be written as its value alone: <c>- paging</c> for <c>- alertPolicyRef: paging</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ShorthandAttribute : Attribute;
