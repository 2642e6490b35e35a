import type { State } from './state.ts'

type Group = [value: string, names: string]

// The keys of 6.7.3's client configuration, by value: what anybody gets, and what a session adds.
const LIMITED: Group[] = [
  [
    'false',
    `BuildEnterpriseReady DiagnosticsEnabled EnableCustomBrand EnableDiagnostics EnableGuestAccounts
    EnableLdap EnableMultifactorAuthentication EnableSaml EnableSignUpWithGitLab
    EnableSignUpWithGoogle EnableSignUpWithOffice365 EnableSignUpWithOpenId FeatureFlagAppBarEnabled
    FeatureFlagBoardsDataRetention FeatureFlagCallsMobile FeatureFlagCommandPalette
    FeatureFlagEnableRemoteClusterService FeatureFlagGraphQL FeatureFlagGuidedChannelCreation
    FeatureFlagInsightsEnabled FeatureFlagNormalizeLdapDNs FeatureFlagTestBoolFeature
    GuestAccountsEnforceMultifactorAuthentication HasImageProxy NoAccounts PluginsEnabled`,
  ],
  [
    '',
    `AndroidLatestVersion AndroidMinVersion CWSURL CustomBrandText CustomDescriptionText
    FeatureFlagBoardsFeatureFlags FeatureFlagPluginApps FeatureFlagPluginFocalboard
    FeatureFlagPluginPlaybooks GitLabButtonColor GitLabButtonText IosLatestVersion IosMinVersion
    LdapLoginButtonBorderColor LdapLoginButtonColor LdapLoginButtonTextColor LdapLoginFieldName
    OpenIdButtonColor OpenIdButtonText SamlLoginButtonBorderColor SamlLoginButtonColor
    SamlLoginButtonText SamlLoginButtonTextColor SupportEmail WebsocketURL`,
  ],
  [
    'true',
    `EnableAskCommunityLink EnableBotAccountCreation EnableCustomEmoji EnableFile EnableOpenServer
    EnableSignInWithEmail EnableSignInWithUsername EnableSignUpWithEmail EnableUserCreation
    FeatureFlagAppsEnabled FeatureFlagCollapsedThreads FeatureFlagCustomGroups
    FeatureFlagEnableInactivityCheckJob FeatureFlagPermalinkPreviews FeatureFlagUseCaseOnboarding
    PasswordRequireLowercase PasswordRequireNumber PasswordRequireSymbol PasswordRequireUppercase`,
  ],
  ['none', `BuildHashEnterprise FeatureFlagInviteToTeam`],
  ['#2389D7', `EmailLoginButtonBorderColor EmailLoginButtonTextColor`],
  ['8', `PasswordMinimumLength`],
  ['80', `WebsocketPort`],
  ['443', `WebsocketSecurePort`],
  ['https://docs.mattermost.com/about/product.html/', `AboutLink`],
  ['https://mattermost.com/mattermost-android-app/', `AndroidAppDownloadLink`],
  ['https://mattermost.com/download/#mattermostApps', `AppDownloadLink`],
  ['na', `BuildDate`],
  ['7d9f9a1f40480b6a15e9b2e73d256087e1a02ac1', `BuildHash`],
  ['en', `DefaultClientLocale`],
  ['#0000', `EmailLoginButtonColor`],
  ['off', `FeatureFlagTestFeature`],
  ['INFO', `FileLevel`],
  ['https://mattermost.com/default-help/', `HelpLink`],
  ['https://mattermost.com/mattermost-ios-app/', `IosAppDownloadLink`],
  ['https://mattermost.com/privacy-policy/', `PrivacyPolicyLink`],
  ['https://mattermost.com/default-report-a-problem/', `ReportAProblemLink`],
  ['https://mattermost.com/terms-of-use/', `TermsOfServiceLink`],
]

const WITH_SESSION: Group[] = [
  [
    'false',
    `AllowBannerDismissal DataRetentionEnableBoardsDeletion DataRetentionEnableFileDeletion
    DataRetentionEnableMessageDeletion EnableBanner EnableClientPerformanceDebugging EnableCluster
    EnableCompliance EnableEmailBatching EnableLinkPreviews EnableMarketplace EnableMetrics
    EnableOAuthServiceProvider EnablePostIconOverride EnablePostUsernameOverride EnablePublicLink
    EnableTesting EnableUserDeactivation ExperimentalCloudBilling ExperimentalEnableAutomaticReplies
    ExperimentalEnableClickToReply ExperimentalSharedChannels ExtendSessionLengthWithActivity
    IsDefaultMarketplace LdapFirstNameAttributeSet LdapLastNameAttributeSet LdapNicknameAttributeSet
    LdapPictureAttributeSet LdapPositionAttributeSet LockTeammateNameDisplay
    RequireEmailVerification SamlFirstNameAttributeSet SamlLastNameAttributeSet
    SamlNicknameAttributeSet SamlPositionAttributeSet SendEmailNotifications SendPushNotifications
    UpgradedFromTE`,
  ],
  [
    'true',
    `AllowCustomThemes EnableChannelViewedMessages EnableCommands EnableConfirmNotificationsToChannel
    EnableCustomUserStatuses EnableEmailInvitations EnableEmojiPicker EnableFileAttachments
    EnableGifPicker EnableIncomingWebhooks EnableInlineLatex EnableLatex EnableMobileFileDownload
    EnableMobileFileUpload EnableOnboardingFlow EnableOutgoingWebhooks EnablePermalinkPreviews
    EnablePreviewFeatures EnablePreviewModeBanner EnableSVGs EnableThemeSelection EnableTutorial
    EnableUserTypingMessages ExperimentalEnableAuthenticationTransfer
    ExperimentalEnableDefaultChannelLeaveJoinMessages ExperimentalEnablePostMetadata
    ExperimentalTimezone RunJobs ShowEmailAddress ShowFullName`,
  ],
  [
    '',
    `AllowedThemes AvailableLocales BannerColor BannerText BannerTextColor CustomUrlSchemes
    DefaultTheme ExperimentalPrimaryTeam GoogleDeveloperKey ManagedResourcePaths`,
  ],
  [
    '0',
    `DataRetentionBoardsRetentionDays DataRetentionFileRetentionDays
    DataRetentionMessageRetentionDays`,
  ],
  ['3', `MinimumHashtagLength`],
  ['82', `SchemaVersion`],
  ['5000', `TimeBetweenUserTypingUpdatesMilliseconds`],
  ['104857600', `MaxFileSize`],
  ['full', `EmailNotificationContentsType`],
  ['disabled', `ExperimentalGroupUnreadChannels`],
  ['-1', `PostEditTimeLimit`],
  ['postgres', `SQLDriverName`],
]

/** The client configuration; all values are texts. Without a session it is a limited one. */
export function configFor(state: State, session: boolean): Record<string, string> {
  const { settings } = state
  const config: Record<string, string> = {}
  const groups = session ? [...LIMITED, ...WITH_SESSION] : LIMITED
  for (const [value, names] of groups) for (const name of names.split(/\s+/)) config[name] = value
  Object.assign(config, {
    AsymmetricSigningPublicKey: '',
    BuildNumber: settings.version,
    DiagnosticId: '',
    EnforceMultifactorAuthentication: String(settings.mfaRequired),
    SiteName: settings.siteName,
    SiteURL: settings.siteUrl === '' ? state.url : settings.siteUrl,
    TelemetryId: '',
    Version: settings.version,
  })
  if (session) {
    Object.assign(config, {
      CollapsedThreads: settings.collapsedThreads,
      EnableDeveloper: String(settings.developerMode),
      EnableUserAccessTokens: String(settings.personalTokens),
      ExperimentalViewArchivedChannels: String(settings.viewArchived),
      GfycatApiKey: '',
      GfycatApiSecret: '',
      InstallationDate: '1735689600000',
      MaxNotificationsPerChannel: String(settings.maxNotificationsPerChannel),
      MaxPostSize: String(settings.maxPostSize),
      RestrictDirectMessage: settings.restrictDirectMessage,
      TeammateNameDisplay: settings.teammateNameDisplay,
    })
  }
  return Object.fromEntries(Object.entries(config).sort(([a], [b]) => (a < b ? -1 : 1)))
}
