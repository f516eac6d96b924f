namespace Tidegate.Gateway.Request.Identify;

/// <summary>Finds the caller behind a credential.</summary>
internal sealed class CallerTable;
