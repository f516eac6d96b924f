namespace Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies;

/// <summary>How bad an incident is for users.</summary>
public enum IncidentSeverity
{
    /// <summary>Most users cannot do what they came for.</summary>
    Sev1,

    /// <summary>Many users, or something important.</summary>
    Sev2,

    /// <summary>Some users, or with a way around.</summary>
    Sev3,

    /// <summary>Next to nobody notices.</summary>
    Sev4,
}
