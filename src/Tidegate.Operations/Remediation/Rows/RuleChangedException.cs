namespace Tidegate.Operations.Remediation.Rows;

/// <summary>Another node, or a person, was faster: the next look begins with what is written.</summary>
internal sealed class RuleChangedException(string rule) : Exception($"The rule {rule} was changed by somebody else meanwhile.");
